using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace LLMoin.Gateway.Edge;

/// <summary>
/// The web front-end: files of <c>wwwroot</c>, in the compressed form that its build left beside them. Its pages have addresses of their own,
/// which all are the one document.
/// </summary>
internal static class StaticPages
{
    private const string Compressed = ".br";
    private const string Document = "/index.html";

    /// <summary>The first part of its pages' addresses, as in web/src/App.tsx.</summary>
    private static readonly PathString[] Pages =
        ["/chat", "/functions", "/library", "/sources", "/usage", "/admin", "/operations", "/profile", "/help", "/accessibility", "/imprint", "/privacy"];

    private static readonly FileExtensionContentTypeProvider Types = new();

    public static void UseStaticPages(this WebApplication app)
    {
        var files = app.Environment.WebRootFileProvider;
        app.Use((context, next) =>
        {
            if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
                context.Request.Path = FileOf(context.Request, files);
            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = Describe, ContentTypeProvider = new UncompressedType() });
    }

    private static PathString FileOf(HttpRequest request, IFileProvider files)
    {
        var path = IsPage(request.Path) ? new PathString(Document) : request.Path;
        return request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal) && files.GetFileInfo(path + Compressed).Exists ? path + Compressed : path;
    }

    private static bool IsPage(PathString path) => path == "/" || Pages.Any(page => path.StartsWithSegments(page));

    private static void Describe(StaticFileResponseContext file)
    {
        var (headers, name) = (file.Context.Response.Headers, file.File.Name);
        if (name.EndsWith(Compressed, StringComparison.Ordinal))
            headers.ContentEncoding = "br";
        headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        // Files under /assets carry a hash of their content in their name; the document names the present ones and is asked for each time.
        headers.CacheControl = file.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";
    }

    private sealed class UncompressedType : IContentTypeProvider
    {
        public bool TryGetContentType(string subpath, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string contentType)
            => Types.TryGetContentType(subpath.EndsWith(Compressed, StringComparison.Ordinal) ? subpath[..^Compressed.Length] : subpath, out contentType);
    }
}
