using System.Net;
using System.Net.Sockets;
using System.Text;
using LLMoin.GatewayTests.Bed;

namespace LLMoin.GatewayTests.Limits;

public sealed class BodyTests(TestBed bed) : IClassFixture<TestBed>
{
    private const int Megabyte = 1 << 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Too_large_a_body_gets_413_as_a_problem_with_and_without_a_length(bool chunked)
    {
        using var client = bed.Client(bed.Identity.AddKey(bed.Identity.AddUser()));
        using var response = await PostAsync(client, "/v1/chat/completions", 8 * Megabyte, chunked);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("too_large", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        using var problem = await PostAsync(client, "/api/chat/conversations", Megabyte + 1, chunked);
        Assert.Equal("application/problem+json", problem.Content.Headers.ContentType?.MediaType);
        Assert.Contains("urn:llmoin:problem:too-large", await problem.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Documents_may_be_larger(bool chunked)
    {
        using var client = bed.Client(bed.Identity.AddKey(bed.Identity.AddUser()));
        using var stored = await PostAsync(client, "/api/retrieval/documents", 15 * Megabyte, chunked);
        Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
        Assert.Contains((15 * Megabyte).ToString(System.Globalization.CultureInfo.InvariantCulture), await stored.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var refused = await PostAsync(client, "/api/retrieval/documents", 21 * Megabyte, chunked);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
    }

    [Theory]
    [InlineData("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {0}\r\nTransfer-Encoding: chunked\r\n\r\nnot a chunk\r\n", " 400 ")]
    [InlineData("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {0}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n\r\n", " 400 ")]
    [InlineData("GET /v1/models HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", " 400 ")]
    [InlineData("\0\u0001\u0002 garbage\r\n\r\n", " 400 ")]
    public async Task Malformed_http_is_answered_and_the_process_goes_on(string request, string expected)
    {
        var key = bed.Identity.AddKey(bed.Identity.AddUser());
        using var socket = new TcpClient();
        await socket.ConnectAsync("localhost", bed.Address.Port, Cancellation);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request.Replace("{0}", key, StringComparison.Ordinal)), Cancellation);
        using var reader = new StreamReader(stream);
        Assert.Contains(expected, await reader.ReadLineAsync(Cancellation) ?? "", StringComparison.Ordinal);
        Assert.True(bed.Gateway.IsRunning);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, int bytes, bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(new string('x', bytes), Encoding.ASCII, "application/json") };
        request.Headers.TransferEncodingChunked = chunked;
        return await client.SendAsync(request, Cancellation);
    }
}
