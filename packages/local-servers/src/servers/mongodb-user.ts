import { MongoClient, type MongoClientOptions } from 'mongodb'
import type { ServerPlace } from '../server.ts'

const checkOptions: MongoClientOptions = {
  serverSelectionTimeoutMS: 2_000,
  connectTimeoutMS: 2_000,
  socketTimeoutMS: 5_000,
}

export function mongodbUrl({ ports, password }: ServerPlace): string {
  // Without directConnection a driver connects to the server's name in its replica set.
  return `mongodb://jackalope:${password}@127.0.0.1:${ports.main}/?authSource=admin&directConnection=true`
}

/** Resolves when the server accepts the user's login. */
export async function checkMongodbUser(place: ServerPlace): Promise<void> {
  await withClient(mongodbUrl(place), client =>
    client.db('admin').command({ listDatabases: 1, nameOnly: true }),
  )
}

/** Creates the user without a login, on a server that has no user yet. */
export async function createMongodbUser({ ports, password }: ServerPlace): Promise<void> {
  await withClient(`mongodb://127.0.0.1:${ports.main}/?directConnection=true`, client =>
    client.db('admin').command({ createUser: 'jackalope', pwd: password, roles: ['root'] }),
  )
}

async function withClient(url: string, work: (client: MongoClient) => Promise<unknown>): Promise<void> {
  const client = new MongoClient(url, checkOptions)
  try {
    await client.connect()
    await work(client)
  } finally {
    await client.close()
  }
}
