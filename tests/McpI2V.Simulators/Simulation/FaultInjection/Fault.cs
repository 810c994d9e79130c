namespace McpI2V.Simulators.Simulation.FaultInjection;

/// <summary>A fault on demand.</summary>
/// <param name="Vendor">The vendor it strikes.</param>
/// <param name="Step">submit, status, result, upload, cancel, download, models, or task: the task's own fate.</param>
/// <param name="Kind">429, 500, 503, taken_503 (taken, and answered so by a gateway), typed_500 (taken, answered with a typed reason),
/// slow_answer (taken at once, answered after two seconds), named_500 (with the task in its body), twice_named, latin1, deep_json,
/// retry_nan, retry_huge, retry_minus, reset, lost, html, invalid_json, nothing, huge_json, slow, truncated, cut, 409, 404, wrong_length,
/// wrong_type; of a task: refuse, fail, stuck, empty, wrong_kind, short.</param>
/// <param name="Times">How often it strikes.</param>
/// <param name="Every">Strikes every n-th request of its step; 1: each.</param>
/// <param name="RetryAfter">For 429 and 503: seconds.</param>
public sealed record Fault(string Vendor, string Step, string Kind, int Times = 1, int Every = 1, double? RetryAfter = null);
