/** The page that shows the document. Its script is a file: the policy of the pages allows no other. */
export const docsPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Jackalope API</title>
<link rel="icon" href="/docs/icon.svg">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/docs/docs.css">
<div id="api"></div>
<noscript><p class="page">This page needs JavaScript. The document itself is <a href="/openapi.json">openapi.json</a>,
and the codes of problems have <a href="/docs/problems">a page without script</a>.</p></noscript>
<script src="/docs/swagger-ui-bundle.js" defer></script>
<script type="module" src="/docs/docs.js"></script>
</html>
`
