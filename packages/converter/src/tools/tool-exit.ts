/** How a run of ffmpeg or ffprobe ended. */
export interface ToolExit {
  /** `null` when a signal ended it. */
  exitCode: number | null
  signal: NodeJS.Signals | null
  /** Warnings and errors that it printed; only the last lines of a long output. */
  stderr: string
  /** Time from start to end, in seconds. @default 0 */
  elapsedSeconds?: number
  /** Whether it was ended since it complained without end. @default false */
  wasFlooded?: boolean
  /** Processor time that it might use, in seconds. @default no limit */
  cpuSeconds?: number
}
