/** A value of a statement. */
export type SqlValue = string | number

/** How a store talks to an SQL database: what it needs of a client. Statements have `?` for each value. */
export interface SqlClient<Transaction> {
  readonly dialect: 'mysql' | 'postgresql'
  /** Runs statements that make tables, one after another and outside of any transaction. */
  define(statements: readonly string[]): Promise<void>
  /** The rows of a SELECT, outside of any transaction, from the server that is written to. */
  select(sql: string, values: readonly SqlValue[]): Promise<Record<string, unknown>[]>
  /** Runs an INSERT, UPDATE or DELETE; gives the number of rows that it affected.
   *  @param transaction - `undefined`: outside of any transaction */
  change(sql: string, values: readonly SqlValue[], transaction?: Transaction): Promise<number>
  /** Why a value is no transaction of this client. */
  transactionFault(transaction: unknown): string | undefined
  /** Calls a function soon after the commit, once for a transaction. @default nobody is told of commits */
  afterCommit?(transaction: Transaction, listener: () => void): void
}
