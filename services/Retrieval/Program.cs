using LLMoin.Retrieval;
using LLMoin.Retrieval.Qdrant;
using LLMoin.Retrieval.Reading.Isolation;
using LLMoin.ServiceDefaults;

if (args is [ReadCommand.Name])
    return ReadCommand.Run();
if (args is [RebuildCommand.Name, ..])
    return await RebuildCommand.RunAsync(args[1..]);

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddRetrieval();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapRetrieval();
app.Run();
return 0;
