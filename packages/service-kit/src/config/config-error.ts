/** The configuration in the environment has faults. `faults` has one line for each, which names the variable. */
export class ConfigError extends Error {
  readonly code = 'ERR_INVALID_CONFIG'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`The configuration has faults:\n${faults.map(fault => `  ${fault}`).join('\n')}`)
    this.name = new.target.name
    this.faults = faults
  }
}
