using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;

namespace McpI2V.Providers.Tests.Contract;

/// <summary>An order is spelt by the words of its model's row: what differs between models is data.</summary>
public sealed class SpellingAnOrder
{
    [Fact]
    public void What_the_row_does_not_name_is_not_sent()
    {
        var order = Order("{}") with { Image = Input("still-1"), Seed = 7, Audio = Input("audio-1") };

        Assert.Equal("{}", Body(order));
    }

    [Fact]
    public void Every_part_stands_under_the_rows_name_for_it()
    {
        var order = Order("""
            {"prompt":"text","image":"image_url","end":"tail","clip":"video_url","audio":"audio_url","seed":"seed","duration":"duration",
             "ratio":"aspect","resolution":"resolution","sound":"generate_audio","fixed":{"model":"m-1","nested":{"a":[1]}}}
            """) with
        {
            Image = Input("still-1"),
            EndImage = Input("still-2"),
            Clip = Input("clip-1"),
            Audio = Input("audio-1"),
            Seed = 7,
        };

        var wanted = JsonNode.Parse("""
            {"model":"m-1","nested":{"a":[1]},"text":"push in","image_url":"to:still-1","tail":"to:still-2","video_url":"to:clip-1",
             "audio_url":"to:audio-1","duration":5,"aspect":"9:16","resolution":"720p","generate_audio":false,"seed":7}
            """)!;
        Assert.Equal(wanted.ToJsonString(), Body(order));
    }

    [Theory]
    [InlineData("""{"duration":"d"}""", 5, "5")]
    [InlineData("""{"duration":"d"}""", 5.5, "5.5")]
    [InlineData("""{"duration":"d","duration_as":"text"}""", 5.5, "\"5.5\"")]
    [InlineData("""{"duration":"d","duration_as":"text_s"}""", 5, "\"5s\"")]
    [InlineData("""{"duration":"d","duration_as":"frames"}""", 5, "81")]
    [InlineData("""{"duration":"d","duration_as":"frames","frames_per_second":24}""", 5, "121")]
    [InlineData("""{"duration":"d"}""", 0, null)]
    public void A_length_is_a_number_a_text_or_frames(string wire, double seconds, string? written)
    {
        var order = Order(wire, s => s with { DurationSeconds = seconds });

        Assert.Equal(written is null ? "{}" : $$"""{"d":{{written}}}""", Body(order));
    }

    [Theory]
    [InlineData("""{"size":"size"}""", """{"size":{"width":720,"height":1280}}""")]
    [InlineData("""{"size":"size","size_as":"text"}""", """{"size":"720x1280"}""")]
    [InlineData("""{"size":"size","size_as":"text","size_between":"*"}""", """{"size":"720*1280"}""")]
    [InlineData("""{"ratio":"r","ratio_sizes":{"720p":{"9:16":"720:1280"}}}""", """{"r":"720:1280"}""")]
    [InlineData("""{"ratio":"r","ratio_sizes":{"any":{"9:16":"tall"}}}""", """{"r":"tall"}""")]
    [InlineData("""{"ratio":"r","ratio_sizes":{"any":{"1:1":"square"}}}""", """{"r":"9:16"}""")]
    [InlineData("""{"resolution":"res","resolution_values":{"720p":"hd"}}""", """{"res":"hd"}""")]
    [InlineData("""{"resolution":"res","resolution_values":{"1080p":"full"}}""", """{"res":"720p"}""")]
    public void A_shape_is_spelt_as_the_vendor_spells_it(string wire, string body) => Assert.Equal(body, Body(Order(wire)));

    [Theory]
    [InlineData("""{"image":"image","references":"refs"}""", """{"image":"to:still-1","refs":["to:still-2","to:still-3"]}""")]
    [InlineData("""{"images":"images"}""", """{"images":["to:still-1","to:still-2","to:still-3"]}""")]
    [InlineData("""{"references":"refs","reference_member":"uri"}""", """{"refs":[{"uri":"to:still-2"},{"uri":"to:still-3"}]}""")]
    [InlineData(
        """{"reference_front":"elements[0].frontal_image_url","references":"elements[0].reference_image_urls"}""",
        """{"elements":[{"frontal_image_url":"to:still-2","reference_image_urls":["to:still-3"]}]}""")]
    public void References_stand_beside_the_picture_among_the_pictures_or_as_one_subject(string wire, string body)
    {
        var order = Order(wire) with { Image = Input("still-1"), References = [Input("still-2"), Input("still-3")] };

        Assert.Equal(body, Body(order));
    }

    [Theory]
    [InlineData("""{"prompt":"p","references":"r","reference_words":"@Image{n}"}""", "push in @Image1 @Image2")]
    [InlineData("""{"prompt":"p","reference_front":"e[0].f","references":"e[0].r","reference_words":"@Element{n}"}""", "push in @Element1")]
    [InlineData("""{"prompt":"p","references":"r"}""", "push in")]
    public void A_prompt_names_references_where_they_would_do_nothing_else(string wire, string prompt)
    {
        var order = Order(wire) with { References = [Input("still-1"), Input("still-2")] };

        Assert.Equal(prompt, JsonWire.Body(order, i => i.Handle)["p"]!.GetValue<string>());
    }

    [Fact]
    public void A_count_is_said_where_there_are_several_or_always()
    {
        Assert.Equal("{}", Body(Order("""{"count":"n"}""")));
        Assert.Equal("""{"n":3}""", Body(Order("""{"count":"n"}""", s => s with { Count = 3 })));
        Assert.Equal("""{"n":1}""", Body(Order("""{"count":"n","count_always":true}""")));
    }

    [Fact]
    public void Sound_is_said_only_where_the_model_leaves_the_choice()
    {
        const string Wire = """{"sound":"audio"}""";

        Assert.Equal("""{"audio":true}""", Body(Order(Wire, s => s with { NativeAudio = true })));
        Assert.Equal("{}", Body(Order(Wire, s => s with { NativeAudio = true }, audio: "native")));
    }

    [Fact]
    public void The_users_options_have_the_last_word()
    {
        var order = Order("""{"prompt":"prompt","fixed":{"mode":"std"}}""") with
        {
            Options = new JsonObject { ["mode"] = "pro", ["negative_prompt"] = "blur" },
        };

        Assert.Equal("""{"mode":"pro","prompt":"push in","negative_prompt":"blur"}""", Body(order));
    }

    [Fact]
    public void A_kind_of_request_may_have_names_of_its_own_and_the_row_stays_as_it_is()
    {
        var order = Order("""{"prompt":"prompt","image":"image_url","for":{"image_to_video":{"image":"first_frame"}}}""") with
        {
            Image = Input("still-1"),
        };

        Assert.Equal("""{"prompt":"push in","first_frame":"to:still-1"}""", Body(order));
        Assert.Equal(Body(order), Body(order));
        Assert.Equal("image_url", order.Model.Wire!.Image!.ToString());
    }

    [Fact]
    public void A_kind_of_request_may_take_a_word_away_and_keeps_the_others()
    {
        var order = Order("""{"prompt":"prompt","seed":"seed","duration":"length","for":{"image_to_video":{"duration":null}}}""") with
        {
            Seed = 7,
        };

        Assert.Equal("""{"prompt":"push in","seed":7}""", Body(order));
    }

    [Theory]
    [InlineData("""{"image":"keyframes.frame0.url"}""", """{"keyframes":{"frame0":{"url":"to:still-1"}}}""")]
    [InlineData(
        """{"image":"video.start_frame.url","duration":"video.duration"}""",
        """{"video":{"start_frame":{"url":"to:still-1"},"duration":5}}""")]
    [InlineData(
        """{"image":"keyframes[0].url","end":"keyframes[1].url"}""",
        """{"keyframes":[{"url":"to:still-1"},{"url":"to:still-2"}]}""")]
    [InlineData("""{"end":"keyframes[1].url"}""", """{"keyframes":[{"url":"to:still-2"}]}""")]
    [InlineData(
        """{"image":"keyframes[0].url","fixed":{"keyframes":[{"type":"image"}]}}""",
        """{"keyframes":[{"type":"image","url":"to:still-1"}]}""")]
    [InlineData("""{"image":"a[0][0]"}""", """{"a":[["to:still-1"]]}""")]
    public void A_place_may_lie_inside_objects_and_lists(string wire, string body)
    {
        var order = Order(wire) with { Image = Input("still-1"), EndImage = Input("still-2") };

        Assert.Equal(body, Body(order));
    }

    [Fact]
    public void Two_words_that_write_to_one_place_are_refused()
    {
        var e = Assert.Throws<I2VException>(() => Body(Order("""{"prompt":"input","ratio":"input.ratio"}""")));

        Assert.Contains("input.ratio", e.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was spent", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_that_a_model_does_not_take_is_told()
    {
        Assert.Contains("no seed", Assert.Single(JsonWire.Unheeded(Order("{}") with { Seed = 7 })), StringComparison.Ordinal);
        Assert.Empty(JsonWire.Unheeded(Order("""{"seed":"seed"}""") with { Seed = 7 }));
        Assert.Empty(JsonWire.Unheeded(Order("{}")));
    }

    [Fact]
    public void A_voice_and_a_language_go_where_the_row_says_and_a_length_in_milliseconds_where_it_says_so()
    {
        const string Wire = """
            {"fixed":{"voice":{"type":"preset","id":"Leslie"}},"voice":"voice.id","language":"code","duration":"length_ms",
             "duration_as":"milliseconds"}
            """;

        Assert.Equal("""{"voice":{"type":"preset","id":"Leslie"},"length_ms":5000}""", Body(Order(Wire)));
        Assert.Equal(
            """{"voice":{"type":"preset","id":"Maya"},"code":"es","length_ms":2500}""",
            Body(Order(Wire, s => s with { Voice = "Maya", Language = "es", DurationSeconds = 2.5 })));
    }

    private static string Body(GenerationOrder order) => JsonWire.Body(order, i => "to:" + i.Handle).ToJsonString();

    private static OrderInput Input(string handle) => new(handle, "/inputs/" + handle, MediaFormat.Jpeg, 1, handle, new(720, 1280));

    private static GenerationOrder Order(string wire, Func<ModelSettings, ModelSettings>? change = null, string audio = "optional")
    {
        var settings = new ModelSettings { DurationSeconds = 5, AspectRatio = "9:16", Resolution = "720p", Size = new(720, 1280) };
        return new GenerationOrder
        {
            Key = "key",
            Capability = Capability.ImageToVideo,
            Model = Row(wire, audio),
            Settings = change?.Invoke(settings) ?? settings,
            Prompt = "push in",
        };
    }

    // As a user's own file has it.
    private static ModelEntry Row(string wire, string audio)
    {
        using var library = new TestFolder();
        File.WriteAllText(Path.Combine(library.Path, "models.json"), $$"""
            {"models":[{"id":"vendor:model","alias":"model","provider":"vendor","kinds":["image_to_video"],"audio":"{{audio}}",
                        "price":{"unit":"second","usd":0.1},"wire":{{wire}}}]}
            """);
        var options = new LibraryOptions { Home = library.Path };
        return new ModelCatalogue(options, new HomeDocuments(options), [], _ => null, TimeProvider.System).All.Single();
    }
}
