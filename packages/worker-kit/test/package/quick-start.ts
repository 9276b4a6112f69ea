import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const readme = join(import.meta.dirname, '../../README.md')

/** The README's quick start: the `ts` block after the comment `<!-- quick start -->`, else the first one.
 *  @returns its text, with the servers of the test and a queue of its own */
export async function quickStart(queueName: string): Promise<string> {
  const text = await readFile(readme, 'utf8')
  const marker = text.indexOf('<!-- quick start')
  const block = /^```ts\n(.*?)^```$/ms.exec(text.slice(Math.max(marker, 0)))?.[1]
  if (!block) throw new Error('README.md has no code block for TypeScript')
  const queue = /new Queue(?:<[^(]*>)?\(\s*'([^']+)'/.exec(block)?.[1]
  if (!queue) throw new Error("README.md's quick start makes no Queue")
  const own = block
    .replaceAll(`'${queue}'`, `'${queueName}'`)
    .replace(/'amqps?:\/\/[^']*'/g, 'String(process.env.AMQP_URL)')
    .replace(/'rediss?:\/\/[^']*'/g, 'String(process.env.REDIS_URL)')
  // What a reader would put there himself.
  const declaresSend = /(function|const|import.*) send\b/.test(own)
  return declaresSend || !/\bsend\(/.test(own) ? own : `${own}\nasync function send(_data: unknown) {}\n`
}
