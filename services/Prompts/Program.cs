using LLMoin.Prompts;
using LLMoin.Prompts.Examples;
using LLMoin.ServiceDefaults;

if (args is ["check-examples", .. var options])
    return await CheckExamplesCommand.RunAsync(options, Console.Out, Console.Error);

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddPrompts();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapPrompts();
app.Run();
return 0;
