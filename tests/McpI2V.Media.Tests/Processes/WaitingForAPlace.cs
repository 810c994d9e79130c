using McpI2V.Media.Processes;

namespace McpI2V.Media.Tests.Processes;

public sealed class WaitingForAPlace
{
    [Fact]
    public async Task One_callers_eighty_do_not_stand_before_anothers_one()
    {
        var gate = new FairGate(2);
        List<IDisposable> inside = [await gate.EnterAsync("many", default), await gate.EnterAsync("many", default)];
        var many = Enumerable.Range(0, 80).Select(_ => gate.EnterAsync("many", default)).ToList();
        var one = gate.EnterAsync("one", default);

        inside[0].Dispose();
        await many[0];
        inside[1].Dispose();
        await one;

        Assert.Equal(79, many.Count(m => !m.IsCompleted));
    }

    [Fact]
    public async Task Callers_take_turns()
    {
        var gate = new FairGate(1);
        var place = await gate.EnterAsync("first", default);
        List<string> order = [];
        var waits = new[] { "a", "a", "a", "b", "b", "c" }.Select(async who =>
        {
            using var mine = await gate.EnterAsync(who, default);
            lock (order)
            {
                order.Add(who);
            }
        }).ToList();

        place.Dispose();
        await Task.WhenAll(waits);

        Assert.Equal(["a", "b", "c", "a", "b", "a"], order);
    }

    [Fact]
    public async Task Who_gives_up_leaves_the_line_and_takes_no_place()
    {
        var gate = new FairGate(1);
        var place = await gate.EnterAsync("a", default);
        using var stop = new CancellationTokenSource();
        var gone = gate.EnterAsync("b", stop.Token);
        var next = gate.EnterAsync("c", default);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        place.Dispose();
        (await next).Dispose();

        Assert.True(gate.EnterAsync("d", default).IsCompleted);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gate.EnterAsync("e", new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_place_that_is_left_twice_is_one_place()
    {
        var gate = new FairGate(1);
        var place = await gate.EnterAsync("a", default);
        place.Dispose();
        place.Dispose();

        Assert.True(gate.EnterAsync("a", default).IsCompleted);
        Assert.False(gate.EnterAsync("a", default).IsCompleted);
    }

    [Fact]
    public async Task Whatever_a_call_leads_to_stands_in_its_callers_line()
    {
        var places = new ProcessPlaces(looks: 1);
        var held = await places.EnterShortAsync(default);
        List<Task<IDisposable?>> many;
        using (places.As("many"))
        {
            many = [.. Enumerable.Range(0, 5).Select(_ => DeepInsideAsync(places))];
        }
        Task<IDisposable?> one;
        using (places.As("one"))
        {
            one = DeepInsideAsync(places);
        }

        held?.Dispose();
        (await many[0])?.Dispose();
        using var got = await one;

        Assert.Equal(4, many.Count(m => !m.IsCompleted));
    }

    [Fact]
    public async Task Looks_that_belong_together_are_over_before_the_next_begin()
    {
        var places = new ProcessPlaces(looks: 1);
        List<string> looked = [];
        async Task<int> BothAsync(string who)
        {
            foreach (var step in (string[])["first", "second"])
            {
                using var place = await places.EnterShortAsync(default);
                await Task.Yield();
                looked.Add($"{who} {step}");
            }
            return looked.Count;
        }

        await Task.WhenAll(((string[])["a", "b", "c"]).Select(who => places.TogetherAsync(() => BothAsync(who), default)));

        Assert.Equal(["a first", "a second", "b first", "b second", "c first", "c second"], looked);
        var after = await places.EnterShortAsync(default);
        Assert.False(places.EnterShortAsync(default).IsCompleted, "who is not among them waits as ever");
        after?.Dispose();
    }

    private static async Task<IDisposable?> DeepInsideAsync(ProcessPlaces places) => await places.EnterShortAsync(default);
}
