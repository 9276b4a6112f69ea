import { PassThrough, type Transform } from 'node:stream'

/** A mail as nodemailer's plugins see it. */
interface PluginMail {
  data: { onContentSent?: () => void }
  message: { transform(make: () => Transform): unknown }
}

/** Plugin of nodemailer, for its step `stream`: calls `onContentSent` of a mail when the mail server was given all of it. From
 *  then on the server may have taken the mail, whether it says so or not. */
export function noteContentSent(mail: unknown, done: (error?: Error | null) => void): void {
  const { data, message } = mail as PluginMail
  const { onContentSent } = data
  if (onContentSent)
    message.transform(
      () =>
        new PassThrough({
          flush(flushed) {
            onContentSent()
            flushed()
          },
        }),
    )
  done()
}
