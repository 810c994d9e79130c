using McpI2V.Bench;
using McpI2V.Bench.Http;
using McpI2V.Bench.Nodes;

// Each benchmark compares two things in one run and prints their ratio. Usage: bench/run.sh
// [startup|push-in|motion|edits|exports|batch|library|places|arrival|flight|http|answers|
// nodes|looks|calls|scale]
var root = args[0];
var only = args.Length > 1 ? args[1] : "";
foreach (var (name, run) in new (string, Func<string, Task>)[]
{
    ("startup", Startup.RunAsync),
    ("push-in", PushIn.RunAsync),
    ("motion", Motion.RunAsync),
    ("edits", Edits.RunAsync),
    ("exports", Exports.RunAsync),
    ("batch", BatchThroughput.RunAsync),
    ("library", LargeLibrary.RunAsync),
    ("places", Concurrency.RunAsync),
    ("arrival", TimeToFirstResult.RunAsync),
    ("flight", InFlight.RunAsync),
    ("http", OverHttp.RunAsync),
    ("answers", ComposedAnswers.RunAsync),
    ("nodes", RendersOnNodes.RunAsync),
    ("looks", LooksOnNodes.RunAsync),
    ("calls", CallsOnPostgres.RunAsync),
    ("scale", Simulation.RunAsync),
})
{
    if (only.Length == 0 || only == name)
    {
        Console.WriteLine($"\n== {name}");
        await run(root);
    }
}
