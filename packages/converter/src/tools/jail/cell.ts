/** A job's place in the jail. */
export interface Cell {
  /** Words before a command that make it run there. */
  readonly enter: readonly string[]
  /** Memory that a tool may allocate, in bytes. */
  readonly memoryBytes: number
  /** Most processes and threads that its user may have. @default no limit: a user whom others share */
  readonly processes?: number
  /** Lets tools read a file in the job's folder. */
  letRead(path: string): Promise<void>
  /** Makes an empty file in the job's folder that tools may write. They can make none. */
  letWrite(path: string): Promise<void>
  /** Takes a file back that tools have written. */
  takeBack(path: string): Promise<void>
}
