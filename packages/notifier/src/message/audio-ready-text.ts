import type { AudioReadyFacts } from './audio-ready-facts.ts'

/** The mail for readers without HTML. */
export function audioReadyText({ fileName, extent, jobId, downloadUrl, commands }: AudioReadyFacts): string {
  return `Hello,

the audio of your video is ready:

    ${fileName}
    ${extent}

It is here, for whoever sends your access token along:

    ${downloadUrl}

With curl (the first command asks for your password):

${commands.map(command => `    ${command}`).join('\n')}

This message was sent automatically, about job ${jobId}.
`
}
