import type { AudioReadyFacts } from './audio-ready-facts.ts'
import { escapeHtml } from './escape-html.ts'

/** The mail as a plain page: no images, no styles from elsewhere, nothing that reports its being read. */
export function audioReadyHtml(facts: AudioReadyFacts): string {
  const downloadUrl = escapeHtml(facts.downloadUrl)
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Your audio is ready</title></head>
<body>
<p>Hello,</p>
<p>the audio of your video is ready:</p>
<p><strong>${escapeHtml(facts.fileName)}</strong><br>${escapeHtml(facts.extent)}</p>
<p>It is here, for whoever sends your access token along:<br><a href="${downloadUrl}">${downloadUrl}</a></p>
<p>With curl (the first command asks for your password):</p>
<pre>${facts.commands.map(escapeHtml).join('\n')}</pre>
<p>This message was sent automatically, about job ${escapeHtml(facts.jobId)}.</p>
</body>
</html>
`
}
