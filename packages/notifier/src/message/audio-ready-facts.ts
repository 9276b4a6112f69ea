/** What the two bodies of the mail say. Everything in it is one line of plain text. */
export interface AudioReadyFacts {
  fileName: string
  /** Such as `8.4 MB, 3 min 20 s`. */
  extent: string
  jobId: string
  downloadUrl: string
  /** Shell commands that fetch the file, one a line. They hold nothing that a shell would run. */
  commands: readonly string[]
}
