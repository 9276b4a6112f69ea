import { users } from './2026-11-24-users.ts'
import type { Migration } from './migration.ts'

/** All migrations, oldest first. Add new ones at the end and never change the others. */
export const migrations: readonly Migration[] = [users]
