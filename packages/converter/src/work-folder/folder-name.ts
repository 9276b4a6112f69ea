import type { ProcessIdentity } from './process-identity.ts'

/** Name of a process's folder, such as `12345-678901@build-7`. */
export function folderName({ host, pid, startTicks }: ProcessIdentity): string {
  return `${pid}-${startTicks}@${host}`
}

/** `undefined` when the name is not that of a process's folder. */
export function parseFolderName(name: string): ProcessIdentity | undefined {
  const [, pid, startTicks, host] = /^(\d+)-(\d+)@([\w.-]+)$/.exec(name) ?? []
  if (pid === undefined || startTicks === undefined || host === undefined) return undefined
  return { host, pid: Number(pid), startTicks: Number(startTicks) }
}
