using LLMoin.Retrieval;
using LLMoin.ServiceDefaults;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddRetrieval();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapRetrieval();
app.Run();
