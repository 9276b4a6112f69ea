import { createServer } from 'node:net'
import type { TestContext } from 'node:test'
import { listen } from '@jackalope/local-servers/testing'

/** A mail server that takes every mail, and closes the connection instead of saying so. */
export async function startRudeServer(t: TestContext) {
  let mails = 0
  const server = createServer(socket => {
    let isData = false
    socket.on('error', () => {})
    socket.write('220 rude\r\n')
    socket.on('data', chunk => {
      const text = chunk.toString()
      if (isData) {
        if (!text.endsWith('\r\n.\r\n')) return
        mails += 1
        return socket.destroy()
      }
      isData = text.startsWith('DATA')
      socket.write(isData ? '354 go on\r\n' : '250 yes\r\n')
    })
  })
  return { port: Number(new URL(await listen(t, server)).port), mails: () => mails }
}
