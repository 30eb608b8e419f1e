using LLMoin.Gateway;
using LLMoin.ServiceDefaults;

// The pages lie beside the program, wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddPlatformDefaults();
builder.AddGateway();

var app = builder.Build();
app.MapGateway();
app.Run();
