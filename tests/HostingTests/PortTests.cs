namespace LLMoin.HostingTests;

public sealed class PortTests
{
    [Fact]
    public async Task Ports_let_go_while_other_processes_start_are_free_at_once()
    {
        var starting = Task.Run(() => Parallel.For(0, 100, _ => ChildProcess.Start("true", [], _ => { })), TestContext.Current.CancellationToken);
        while (!starting.IsCompleted)
        {
            var endpoint = new Endpoint("http", "http", null, null);
            endpoint.Reserve(replicas: 1);
            endpoint.Release(0, mayMove: false);
        }
        await starting;
    }

    [Fact]
    public void A_replica_whose_port_was_taken_moves_while_nobody_knows_it()
    {
        var endpoint = new Endpoint("http", "http", null, null);
        endpoint.Reserve(replicas: 1);
        var port = endpoint.Port(0);
        endpoint.Release(0, mayMove: true);
        Assert.Equal(port, endpoint.Port(0));

        var taken = ReservedPort.Fixed(port);
        Assert.Throws<RunnerException>(() => endpoint.Release(0, mayMove: false));
        endpoint.Release(0, mayMove: true);
        Assert.NotEqual(port, endpoint.Port(0));
        taken.Release();
    }
}
