/** A fault that is planted in the system of sound.yaml. */
export interface Fault {
  title: string
  /** The object: `Deployment/gateway`. */
  of: string
  /** What of its text is replaced, once. */
  replace: string | RegExp
  by: string
  /** How each report begins; nothing else is reported. */
  reports: string[]
}
