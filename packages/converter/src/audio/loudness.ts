/** Loudness of a recording as EBU R128 measures it. */
export interface Loudness {
  integratedLufs: number
  /** Relative to full scale. */
  truePeakDecibels: number
  /** Whether there is nothing but silence: no gain would make it louder. */
  isSilence: boolean
}
