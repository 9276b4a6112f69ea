/** What a conversion cost. */
export interface Cost {
  /** From the start until the audio is there, in seconds. */
  seconds: number
  /** Processor time of the converter and of all programs that it started, in seconds. */
  cpuSeconds: number
}
