using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;

namespace McpI2V.Media.Tests;

/// <summary>Words of vendors, callers, files and pages on their way to a model, and to whoever shows what it says.</summary>
public sealed partial class MakingForeignTextFit
{
    [Theory]
    [InlineData("A slow push in, 9:16 (take 2) - 50% off & more!")]
    [InlineData("Größe: „schön“, ça va? ¿Qué tal? 3 < 5, I <3 you")]
    [InlineData("Зимняя распродажа")]
    [InlineData("夏のセール、半額！（本日まで）")]
    [InlineData("限时优惠！［新品］上市：立即购买")]
    [InlineData("여름 세일")]
    [InlineData("تخفيضات الصيف")]
    [InlineData("מבצע קיץ")]
    [InlineData("ग्रीष्मकालीन सेल क्‍ष")]
    [InlineData("می‌خواهم")]
    [InlineData("ลดราคา ๕๐%")]
    [InlineData("👩‍👩‍👧‍👦 ❤️‍🔥 👍🏽 1️⃣ 🏳️‍🌈 🧁")]
    [InlineData("AT&T, Fish & Chips; a|b *c* _d_ #e")]
    [InlineData("images[0]: there is no file")]
    [InlineData("local:camera, 9:16 at 12:30:05Z, note:this, metadata:that, C:")]
    [InlineData("葛󠄀城")]
    public void Ordinary_words_stay_as_they_are_in_every_language(string words)
    {
        Assert.Equal(words, ForeignText.Words(words));
        Assert.Equal(words, ForeignText.Answer(words, 1_000));
    }

    [Theory]
    [InlineData("![x](https://evil.example/a.png?d=1)", "! [x] ((address at evil.example)")]
    [InlineData("[click](https://evil.example)", "[click] ((address at evil.example)")]
    [InlineData("[a][1]\n[1]: //evil.example", "[a] [1]\n[1] : //evil.example")]
    [InlineData("[a］b]: //evil.example", "[a］b] : //evil.example")]
    [InlineData("[a]: [b]: c\nand [d]: e", "[a] : [b] : c\nand [d]: e")]
    [InlineData("<http://evil.example/a>", "<(address at evil.example)>")]
    [InlineData("see https://user:pass@evil.example:8080/x?y#z.", "see (address at evil.example:8080)")]
    [InlineData("www.evil.example", "www. evil.example")]
    [InlineData("local:camera and WWW.evil.example", "local:camera and WWW. evil.example")]
    [InlineData("at 9:16 see DATA:text/html,x", "at 9:16 see DATA: text/html,x")]
    [InlineData("<img src=x onerror=y>", "‹img src=x onerror=y>")]
    [InlineData("<!-- hidden -->", "‹!-- hidden -->")]
    [InlineData("&lt;img src=x&gt;", "‹img src=x>")]
    [InlineData("&amp;lt;img src=x&amp;gt;", "‹img src=x>")]
    [InlineData("&#60;script&#62;&#x3c;script&#x3e;", "‹script>‹script>")]
    [InlineData("&amp;amp;amp;amp;amp;amp;amp;lt;b", "& amp;amp;lt;b")]
    [InlineData("&ltimg", "& ltimg")]
    [InlineData("&\u200B#60;img>", "‹img>")]
    [InlineData("&#8203;&#x202E;<&#8203;img>", "‹img>")]
    [InlineData("！［x］（ｈｔｔｐｓ：／／evil）", "！［x］ （ｈｔｔｐｓ：／／evil）")]
    [InlineData("https：／／evil.example", "(address at evil.example)")]
    [InlineData("＜ｉｍｇ＞", "‹ｉｍｇ＞")]
    [InlineData("javascript:alert(1) data:text/html,x", "javascript: alert(1) data: text/html,x")]
    [InlineData("```js\nx\n```", "'''js\nx\n'''")]
    [InlineData("a\u202Eb\u2066c\u200Fd\u061Ce", "abcde")]
    [InlineData("a\u200Bb\u2060c\uFEFFd\u00ADe\u180Ef", "abcdef")]
    [InlineData("a\u200Db\u200Cc", "abc")]
    [InlineData("é\u200D\u200D\u200Dé", "éé")]
    [InlineData("\U000E0069\U000E0067\U000E006E\U000E006F\U000E0072\U000E0065x", "x")]
    [InlineData("😀\uFE01\uFE02\uFE03\U000E0100\U000E0101", "😀")]
    [InlineData("a\0b\u0007c\u001Bd\u0085e", "abcd e")]
    [InlineData("\uE000x\uFFFFy", "xy")]
    [InlineData("a\u3164\u2800b", "a  b")]
    [InlineData("!\u200B[x]\u200B(y)", "! [x] (y)")]
    public void What_is_no_plain_text_is_taken_apart(string words, string left) => Assert.Equal(left, ForeignText.Words(words));

    [Fact]
    public void A_line_is_one_line_and_can_not_end_its_own_quotes()
    {
        Assert.Equal("\"a' b 'c' d\"", ForeignText.Quote("a\" b\n\u201Cc\u201D\u2028 d"));
        Assert.Equal("", ForeignText.Quote("\u200B\u202E"));
        Assert.Equal(83, ForeignText.Line(new string('a', 100_000), 80).Length);
        Assert.EndsWith("...", ForeignText.Line(string.Concat(Enumerable.Repeat("😀", 100)), 81), StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_keeps_addresses_of_our_own_and_loses_its_middle_where_it_is_too_long()
    {
        Assert.Equal(
            "PUT it to\nhttp://127.0.0.1:3920/upload/a?b=c",
            ForeignText.Answer("PUT it to\nhttp://127.0.0.1:3920/upload/a?b=c", 100));
        var long_ = ForeignText.Answer("begin " + new string('x', 100_000) + " end", 1_000);
        Assert.True(long_.Length < 1_100
            && long_.StartsWith("begin x", StringComparison.Ordinal)
            && long_.EndsWith("x end", StringComparison.Ordinal));
    }

    [Fact]
    public void However_it_is_written_nothing_that_acts_is_left_and_doing_it_twice_changes_nothing()
    {
        string[] parts =
        [
            "!",
            "[",
            "]",
            "(",
            ")",
            "<",
            ">",
            "a",
            "img",
            "script",
            "/",
            "\\",
            ":",
            "//",
            "http",
            "https",
            "www.",
            "evil.example",
            "&",
            "lt",
            ";",
            "#60;",
            "amp;",
            "&lt;",
            "%3C",
            "`",
            "\u200B",
            "\u200D",
            "\u202E",
            "\uFEFF",
            "\uFE0F",
            "\U000E0041",
            "！",
            "［",
            "］",
            "（",
            "＜",
            "：",
            "／",
            "data",
            "javascript",
            "\n",
            " ",
            "é",
            "😀",
            "\0",
            "\uD800",
            "\"",
        ];
        var texts = Gen.Elements(parts).ListOf().Select(p => string.Concat(p));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithEndSize(40), Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var words = ForeignText.Words(text);
            var acts = Acts().Match(words);
            return (!acts.Success
                && words
                    .EnumerateRunes()
                    .All(r => r.Value is '\n' or 0x200C or 0x200D
                        || !(Rune.IsControl(r) || r.Value is 0x200B or 0xFEFF or (>= 0x202A and <= 0x202E) or (>= 0xE0000 and <= 0xE007F))))
                .Label($"{text} became {words}: {acts.Value}")
                .And((ForeignText.Words(words) == words).Label($"{words} became {ForeignText.Words(words)}"));
        }));
    }

    // Images, links, references, tags, addresses that a renderer makes links of.
    [GeneratedRegex(
        @"!\[|\]\(|\]\[|^ {0,3}\[[^\]\n]*\]:|<[A-Za-z/!?]|[A-Za-z]{2,}://|\bwww\.\S|`|\bjavascript:\S|\bdata:\S|&(lt|#)",
        RegexOptions.Multiline)]
    private static partial Regex Acts();
}
