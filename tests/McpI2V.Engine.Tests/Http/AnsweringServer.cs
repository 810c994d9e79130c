using System.Net;
using System.Net.Sockets;

namespace McpI2V.Engine.Tests.Http;

/// <summary>A real HTTP server on loopback that answers as a test says.</summary>
internal sealed class AnsweringServer : IDisposable
{
    private readonly HttpListener listener = new();

    public AnsweringServer()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Origin = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }
        listener.Prefixes.Add(Origin.AbsoluteUri);
        listener.Start();
        Serving = Task.Run(ServeAsync);
    }

    public Uri Origin { get; }

    public Task Serving { get; }

    public int Requests { get; private set; }

    public string[] Headers { get; private set; } = [];

    public Action<HttpListenerContext> Answer { get; set; } = _ => { };

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                Requests++;
                Headers = context.Request.Headers.AllKeys!;
                Answer(context);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
            {
                // The client has gone, or the test is over.
            }
        }
    }
}
