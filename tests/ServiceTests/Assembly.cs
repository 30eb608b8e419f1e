using LLMoin.ServiceBed;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Servers))]
// Services share one broker whose queue names are the platform's own, so one test at a time has them.
[assembly: Parallelization(Mode = ParallelMode.None)]
