using System.Reflection;
using McpI2V.Engine;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library.Import;
using McpI2V.Engine.Spending;
using McpI2V.Media;
using McpI2V.Media.Ffmpeg;
using McpI2V.Providers.Ark;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Firefly;
using McpI2V.Providers.Vertex;
using McpI2V.Providers.Xai;
using McpI2V.Settings;
using Microsoft.Extensions.Configuration;

namespace McpI2V.Tests;

/// <summary>What is set, what holds where nothing is, and what is said of what can't be.</summary>
public sealed class ReadingSettings
{
    public static TheoryData<string, string> Numbers => new()
    {
        { "Inputs:MaxMegabytes", "a number from 1 to 10000" },
        { "Inputs:StallSeconds", "a number from 1 to 300" },
        { "Inputs:TimeoutSeconds", "a number from 1 to 3600" },
        { "Budget:DailyUsd", "a number from 0 to 100000" },
        { "Budget:ApproveAboveUsd", "a number from 0 to 100000" },
        { "Jobs:MaxRenders", "a whole number from 1 to 32" },
        { "Media:TimeoutSeconds", "a number from 60 to 7200" },
        { "Media:MemoryMegabytes", "a number from 500 to 256000" },
        { "Http:MaxMegabytesInFlight", "a number from 8 to 100000" },
        { "Http:MaxMegabytesInFlightPerCaller", "a number from 8 to 100000" },
        { "Http:MaxSessions", "a whole number from 1 to 100000" },
        { "Http:MaxSessionsPerCaller", "a whole number from 1 to 100000" },
        { "Http:IdleMinutes", "a number from 1 to 1440" },
        { "Http:RequestsPerMinute", "a whole number from 10 to 10000000" },
        { "Http:MaxConcurrent", "a whole number from 1 to 100000" },
        { "Http:KeepAnswersSeconds", "a number from 0 to 60" },
        { "Providers:Fal:PollSeconds", "a number from 0.01 to 600" },
        { "Providers:Fal:MaxConcurrent", "a whole number from 1 to 20000" },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_number_out_of_its_range_is_told_with_its_variable_and_what_is_allowed(string key, string allowed)
    {
        foreach (var value in new[] { "-1", "99999999999", "many", "NaN" })
        {
            Assert.Equal(
                $"Settings are wrong: {key} (I2V__{key.Replace(":", "__", StringComparison.Ordinal)}) is \"{value}\"; {allowed} is " +
                    "allowed. Correct them and start the server again.",
                Refusal((key, value)));
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Both_ends_of_a_range_are_allowed(string key, string allowed)
    {
        var words = allowed.Split(' ');

        Read((key, words[^3]));
        Read((key, words[^1]));
    }

    [Fact]
    public void What_is_counted_is_whole() =>
        Assert.Contains("a whole number from 1 to 100000 is allowed", Refusal(("Http:MaxSessions", "2.5")), StringComparison.Ordinal);

    [Fact]
    public void Where_nothing_is_set_every_type_of_options_holds_what_it_declares()
    {
        var read = Read();

        Same(new HttpOptions(), read.Http);
        Same(new InputOptions(), read.Inputs);
        Same(new BudgetOptions(), read.Budget);
        Same(new RunnerOptions(), read.Jobs);
        Same(new FfmpegPrograms(), read.Ffmpeg);
        Assert.Contains(read.Inputs.Roots, r => Path.GetFileName(r) == "Music");
        Assert.Equal((20m, 2m), (read.Budget.DailyUsd, read.Budget.ApproveAboveUsd));
    }

    [Fact]
    public void What_is_set_is_read()
    {
        var read = Read(
            ("Inputs:MaxMegabytes", "7.5"),
            ("Inputs:TrustedOrigins", "http://media.example:8080; https://other.example"),
            ("Http:AllowedHosts:0", "a.example"),
            ("Http:AllowedHosts:1", "b.example"),
            ("Http:PublicUrl", "https://ads.example/i2v"),
            ("Http:IdleMinutes", "5"),
            ("Media:Confine", "false"),
            ("Providers:Fal:PollSeconds", "0.5"),
            ("Providers:Fal:ApiKey", " a-key "),
            ("Providers:Firefly:OperationUsd", "0.05"),
            ("Providers:Vertex:ApiKey", "/home/jörg/my key.json"),
            ("Providers:Vertex:Project", "my-ads-123"),
            ("Providers:Vertex:Location", "europe-west4"),
            ("Providers:Vertex:Bucket", "my-ads"),
            ("Providers:MyGpu:Kind", "openai"),
            ("Providers:MyGpu:BaseUrl", "http://127.0.0.1:8091/v1"));

        Assert.Equal(7_500_000, read.Inputs.MaxBytes);
        Assert.Equal(["media.example", "other.example"], read.Inputs.TrustedOrigins.Select(o => o.Host));
        Assert.Equal(["a.example", "b.example"], read.Http.AllowedHosts);
        Assert.Equal((TimeSpan.FromMinutes(5), "https://ads.example/i2v/"), (read.Http.Idle, read.Http.PublicUrl!.AbsoluteUri));
        Assert.False(read.Ffmpeg.Confine);
        var fal = Of(read, "fal");
        Assert.Equal(
            (TimeSpan.FromSeconds(0.5), "https://ads.example/i2v/webhooks/fal", "a-key"),
            (fal.PollEvery, fal.WebhookUrl!.AbsoluteUri, fal.ApiKey!.Reveal()));
        Assert.Equal(0.05m, Of(read, "firefly").Own<FireflySettings>().OperationUsd);
        var vertex = Of(read, "vertex");
        var own = vertex.Own<VertexSettings>();
        Assert.Equal(
            ("/home/jörg/my key.json", "my-ads-123", "europe-west4", "my-ads"),
            (vertex.ApiKey!.Reveal(), own.Project, own.Location, own.Bucket));
        Assert.Equal("http://127.0.0.1:8091/v1", Of(read, "mygpu").BaseUrl!.AbsoluteUri);
    }

    [Theory]
    [InlineData("Inputs:TrustedOrigins", "media.example")]
    [InlineData("Inputs:TrustedOrigins", "http://media.example/folder")]
    [InlineData("Inputs:TrustedOrigins", "http://user:secret@media.example")]
    [InlineData("Http:PublicUrl", "http://ads.example")]
    [InlineData("Http:PublicUrl", "https://user:secret@ads.example")]
    [InlineData("Providers:Fal:BaseUrl", "https://ads.example?key=secret")]
    [InlineData("Providers:Fal:BaseUrl", "ftp://ads.example")]
    public void An_address_that_is_none_is_told_and_not_repeated(string key, string value)
    {
        var refusal = Refusal((key, value));

        Assert.Contains($"{key} (I2V__{key.Replace(":", "__", StringComparison.Ordinal)}) is no ", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Budget:DailyUds", "Budget:DailyUds is no setting; Budget has DailyUsd, ApproveAboveUsd")]
    [InlineData("Inputs", "Inputs is no setting; it holds settings such as Inputs:Roots")]
    [InlineData("Budget:DailyUsd:a", "Budget:DailyUsd:a is no setting; Budget has DailyUsd, ApproveAboveUsd")]
    [InlineData("Bugdet:DailyUsd", "Bugdet:DailyUsd is no setting; there are Http, ")]
    [InlineData("Providers:Fal:PollSecond", "is no setting; Providers:Fal has Kind, Model, ApiKey, BaseUrl, PollSeconds, MaxConcurrent")]
    [InlineData("Providers:Fal", "Providers:Fal is no setting; it holds settings such as Providers:")]
    [InlineData("Providers:Fla:ApiKey", "Providers:Fla names no provider of this server (fal, ")]
    public void What_nobody_reads_is_told_with_what_there_is(string key, string told) =>
        Assert.Contains(told, Refusal((key, "5")), StringComparison.Ordinal);

    [Fact]
    public void A_region_that_a_provider_does_not_have_is_told()
    {
        Assert.Contains(
            "Providers:Ark:Region (I2V__Providers__Ark__Region) is \"mars\"; byteplus or volcengine is allowed",
            Refusal(("Providers:Ark:Region", "mars")),
            StringComparison.Ordinal);
        Assert.Equal("volcengine", Of(Read(("Providers:Ark:Region", "Volcengine")), "ark").Own<ArkSettings>().Region);
    }

    [Fact]
    public void How_long_a_provider_keeps_clips_is_read()
    {
        Assert.Equal(24, Of(Read(), "xai").Own<XaiSettings>().KeepHours);
        Assert.Equal(0, Of(Read(("Providers:Xai:KeepHours", "0")), "xai").Own<XaiSettings>().KeepHours);
        Assert.Contains(
            "Providers:Xai:KeepHours (I2V__Providers__Xai__KeepHours) is \"721\"; a whole number from 0 to 720 is allowed",
            Refusal(("Providers:Xai:KeepHours", "721")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Region", "eu")]
    [InlineData("OperationUsd", "0.1")]
    [InlineData("Project", "my-ads-123")]
    [InlineData("Bucket", "my-ads")]
    [InlineData("AllowPartnerNodes", "true")]
    [InlineData("WebhookSecret", "s3cret")]
    public void What_another_provider_has_is_no_setting_here(string setting, string value)
    {
        var refusal = Refusal(($"Providers:Fal:{setting}", value));

        Assert.Contains($"Providers:Fal:{setting} is no setting; Providers:Fal has ", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain($" {value}", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_in_which_providers_are_asked_is_read()
    {
        var read = Read(
            ("Routes:Order", "Ark, mygpu"),
            ("Providers:MyGpu:Kind", "openai"),
            ("Providers:MyGpu:BaseUrl", "http://127.0.0.1:8091/v1"));

        Assert.Equal(["ark", "mygpu"], read.Routes.Order);
        Assert.Contains(
            "Routes:Order (I2V__Routes__Order) names \"arc\", which is no provider; there are fal, ",
            Refusal(("Routes:Order:0", "ark"), ("Routes:Order:1", "arc")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bucket", "gs://my-ads", "the bare name of a bucket, such as my-ads, without gs:// is allowed")]
    [InlineData("Location", "evil.example/x", "a location such as us-central1 is allowed")]
    [InlineData("Project", "My project", "the id of a project, such as my-ads-123 is allowed")]
    public void A_name_that_would_change_an_address_is_told(string setting, string value, string told)
    {
        var refusal = Refusal(($"Providers:Vertex:{setting}", value));

        Assert.Contains($"Providers:Vertex:{setting} (I2V__Providers__Vertex__{setting}) is \"", refusal, StringComparison.Ordinal);
        Assert.Contains(told, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_is_set_to_nothing_is_empty_and_not_the_usual_one() => Assert.Empty(Read(("Inputs:Roots", "")).Inputs.Roots);

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var refusal = Refusal(("Budget:DailyUsd", "lots"), ("Jobs:MaxRenders", "99"), ("Media:Confine", "maybe"), ("Nothing", "1"));

        Assert.All(
            [
                "Budget:DailyUsd",
                "Jobs:MaxRenders",
                "Media:Confine (I2V__Media__Confine) is \"maybe\"; true or false",
                "Nothing is no setting",
            ],
            told => Assert.Contains(told, refusal, StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_with_a_slip_is_told_without_the_key()
    {
        var refusal = Refusal(("Providers:Fal:ApiKey", "a secret"));

        Assert.Contains("FAL_KEY", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal, StringComparison.Ordinal);
    }

    private static ProviderOptions Of(ProgramSettings settings, string name) =>
        settings.Providers.Single(p => p.Descriptor.Name == name).Options;

    private static string Refusal(params (string Key, string Value)[] set) => Assert.Throws<I2VException>(() => Read(set)).Message;

    private static ProgramSettings Read(params (string Key, string Value)[] set) => SettingsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(set.ToDictionary(s => s.Key, s => (string?)s.Value)).Build(),
        "/home/i2v",
        _ => null);

    private static void Same<T>(T expected, T read)
    {
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            Assert.Equal(property.GetValue(expected), property.GetValue(read));
        }
    }
}
