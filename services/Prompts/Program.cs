using LLMoin.Prompts;
using LLMoin.ServiceDefaults;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddPrompts();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapPrompts();
app.Run();
