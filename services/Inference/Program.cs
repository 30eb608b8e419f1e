using LLMoin.Inference;
using LLMoin.Inference.Models;
using LLMoin.ServiceDefaults;

if (args is ["pull" or "models" or "--help", ..])
    return await ModelCommands.RunAsync(args);

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddInference();

var app = builder.Build();
app.MapDefaultEndpoints();
app.Run();
return 0;
