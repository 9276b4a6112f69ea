import { spawn } from 'node:child_process'

/** Ways to start a program without a network, in the order in which they are tried: as root, and as anybody where the
 *  system lets users make namespaces. In most containers neither works; there a network policy does this. */
const ways = [
  ['unshare', '--net', '--'],
  ['unshare', '--user', '--map-current-user', '--net', '--'],
]

let chosen: Promise<readonly string[]> | undefined

/** Words before a command that take the network from it; none where that is not possible. Tried once in a process. */
export function withoutNetwork(): Promise<readonly string[]> {
  chosen ??= findWay()
  return chosen
}

async function findWay(): Promise<readonly string[]> {
  for (const way of ways) if (await runs([...way, '/bin/sh', '-c', 'exit 0'])) return way
  return []
}

function runs([program = '', ...args]: string[]): Promise<boolean> {
  return new Promise(resolve => {
    const child = spawn(program, args, { stdio: 'ignore', timeout: 5_000, killSignal: 'SIGKILL' })
    child.once('error', () => resolve(false))
    child.once('exit', code => resolve(code === 0))
  })
}
