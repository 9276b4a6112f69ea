import { createConnection } from 'node:net'
import { createInterface } from 'node:readline'

/** Sends one mail with SMTP commands over a socket. */
export async function sendMail(port: number, text: string): Promise<void> {
  const socket = createConnection({ host: '127.0.0.1', port })
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]()
  const expectReply = async (code: string) => {
    for (;;) {
      const { value = '' } = await lines.next()
      if (!value.startsWith(code)) throw new Error(`expected ${code}, got "${value}"`)
      if (value[3] !== '-') return
    }
  }
  await expectReply('220')
  const dialogue: [string, string][] = [
    ['EHLO test', '250'],
    ['MAIL FROM:<jackalope@localhost>', '250'],
    ['RCPT TO:<ada@example.com>', '250'],
    ['DATA', '354'],
    [`${text}.`, '250'],
    ['QUIT', '221'],
  ]
  for (const [line, code] of dialogue) {
    socket.write(`${line}\r\n`)
    await expectReply(code)
  }
  socket.destroy()
}
