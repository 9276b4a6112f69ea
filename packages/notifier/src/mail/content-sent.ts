import type { Readable } from 'node:stream'

/** A mail as nodemailer's plugins see it. */
interface PluginMail {
  data: { onContentSent?: () => void }
  message: { processFunc(process: (content: Readable) => Readable): unknown }
}

/** Plugin of nodemailer, for its step `stream`: calls `onContentSent` of a mail when the mail server was given all of it. From
 *  then on the server may have taken the mail, whether it says so or not. */
export function noteContentSent(mail: unknown, done: (error?: Error | null) => void): void {
  const { data, message } = mail as PluginMail
  const { onContentSent } = data
  // The content is read when the server has asked for it, and not before.
  if (onContentSent) message.processFunc(content => content.once('end', onContentSent))
  done()
}
