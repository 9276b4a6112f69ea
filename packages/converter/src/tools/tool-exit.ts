/** How a run of ffmpeg or ffprobe ended. */
export interface ToolExit {
  /** `null` if a signal ended it. */
  exitCode: number | null
  signal: NodeJS.Signals | null
  /** What it complained about; only its last lines, if it was much. */
  stderr: string
}
