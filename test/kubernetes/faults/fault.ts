/** A fault that a test plants in the system of sound.yaml. */
export interface Fault {
  title: string
  /** The object: `Deployment/gateway`. */
  of: string
  /** Text of the object that is replaced, once. */
  replace: string | RegExp
  by: string
  /** Beginning of each expected report; there must be no others. */
  reports: string[]
}
