using LLMoin.Identity;
using LLMoin.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddIdentity();

var app = builder.Build();
app.UsePublicAddress();
app.MapDefaultEndpoints();
app.MapIdentity();
app.Run();
