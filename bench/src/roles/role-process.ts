import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Calls, ReplyMessage } from './serve-calls.ts'

/** A process that plays one role, and whose functions can be called. It ends with ours, however that ends. */
export interface RoleProcess<C extends Calls> {
  readonly pid: number
  /** @throws {Error} what the function threw, or that the process ended */
  call<N extends keyof C & string>(name: N, ...args: Parameters<C[N]>): Promise<Awaited<ReturnType<C[N]>>>
  end(): Promise<void>
}

/** @param file - beside this one; calls `serveCalls` */
export async function startRole<C extends Calls>(file: string): Promise<RoleProcess<C>> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { serialization: 'advanced' })
  const pending = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>()
  let calls = 0
  child.on('message', (reply: ReplyMessage) => {
    const call = pending.get(reply.id)
    pending.delete(reply.id)
    if ('error' in reply) call?.reject(new Error(`in ${file}: ${reply.error}`))
    else call?.resolve(reply.result as never)
  })
  child.on('exit', (code, signal) => {
    for (const { reject } of pending.values())
      reject(new Error(`${file} ended: ${signal ?? `exit code ${code}`}`))
    pending.clear()
  })
  await once(child, 'spawn')
  return {
    pid: child.pid as number,
    call(name, ...args) {
      calls += 1
      const id = calls
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve, reject })
        child.send({ id, name, args }, error => {
          if (error) reject(error)
        })
      })
    },
    end: () => end(child),
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.disconnect()
  await ended
}
