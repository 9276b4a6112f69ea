/** How a run of ffmpeg or ffprobe ended. */
export interface ToolExit {
  /** `null` when a signal ended it. */
  exitCode: number | null
  signal: NodeJS.Signals | null
  /** Warnings and errors that it printed; only the last lines of a long output. */
  stderr: string
}
