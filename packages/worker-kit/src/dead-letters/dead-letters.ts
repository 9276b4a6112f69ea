import type { ConsumeMessage } from 'amqplib'
import type { KeysMap, RedisClient } from 'bullmq'
import type { Broker } from '../amqp/broker.ts'
import type { QueueTopology } from '../amqp/topology.ts'
import type { DeadLetter, MalformedMessage } from './dead-letter.ts'
import { decodeDeadLetter, type WrittenLetter } from './letter-message.ts'
import { type LetterReader, readDeadLetterQueue } from './letter-reader.ts'
import { isSelected, type LetterSelection, type StatedLetter } from './letter-selection.ts'
import { type LetterState, readLetterStates } from './letter-states.ts'
import { type CountedLetter, keyOfLetter, OldestLetters } from './oldest-letters.ts'
import { type Replay, Replayer, type ReplayerOptions, type ReplayOptions } from './replayer.ts'

export interface DeadLetterPage {
  /** Oldest first; letters that the queue holds twice are shown once. */
  letters: DeadLetter[]
  /** Messages in the queue, further copies included. */
  total: number
}

export interface DeadLettersOptions extends ReplayerOptions {
  broker: Broker
  topology: QueueTopology
  keys: KeysMap
  redis: () => Promise<RedisClient>
}

/** The dead letters of one queue (R9): jobs that failed for good, and messages that were no jobs. RabbitMQ keeps them;
 *  looking at them takes nothing out and leaves their order as it is. One reader at a time looks at a queue; others wait
 *  for it, 30 seconds at most.
 *
 *  All methods
 *  @throws {WorkerKitError} `ERR_CONNECT`, `ERR_DEAD_LETTERS_BUSY` */
export class DeadLetters {
  readonly #options: DeadLettersOptions
  readonly #replayer: Replayer

  constructor(options: DeadLettersOptions) {
    this.#options = options
    this.#replayer = new Replayer(options)
  }

  /** Messages in the queue, further copies of a letter included. Cheap: nothing is delivered. */
  async count(): Promise<number> {
    const { broker, topology } = this.#options
    await broker.declare(topology)
    const channel = await (await broker.publishing()).createChannel()
    const { messageCount } = await channel.checkQueue(topology.deadLetterQueue)
    await channel.close()
    return messageCount
  }

  /** A page, oldest first. Reads the whole queue, about 6 s for 100,000 letters: a queue that was read in part would
   *  change its order. Letters up to the end of the page are held in memory.
   *  @param options.offset - how many letters to leave out. @default 0
   *  @param options.limit - how many letters to give at most. @default 100 */
  async list({ offset = 0, limit = 100 }: { offset?: number; limit?: number } = {}): Promise<DeadLetterPage> {
    const { letters, total } = await this.#read(async reader => {
      const oldest = new OldestLetters(offset + limit)
      for await (const window of reader.windows())
        for (const { letter } of window.map(open)) oldest.offer(letter)
      return { letters: oldest.letters().slice(offset), total: reader.total }
    })
    return { letters: await this.#show(letters), total }
  }

  /** All letters of one job, oldest first, or the malformed message with that id. Reads the whole queue. */
  async get(id: string): Promise<DeadLetter[]> {
    const letters = await this.#read(async reader => {
      const found = new OldestLetters(Number.POSITIVE_INFINITY)
      for await (const window of reader.windows())
        for (const { letter } of window.map(open)) if (letter.id === id) found.offer(letter)
      return found.letters()
    })
    return this.#show(letters)
  }

  /** What became of a letter's job. */
  async stateOf(letter: { id: string; stamp: string }): Promise<LetterState> {
    const { keys, redis } = this.#options
    const [state] = await readLetterStates([letter], keys, await redis())
    return state as LetterState
  }

  /** Runs dead jobs again: a failed one by BullMQ's own retry; one whose record is gone is made anew from its letter,
   *  under the same id, with all its attempts. A letter is removed once the broker has confirmed that. What is not
   *  replayed stays: a letter whose job has moved on, a malformed message.
   *  @returns what became of each selected letter, copies told once. After a failure the remaining letters are left
   *  alone, and are missing here. */
  async replay(selection: LetterSelection, options: ReplayOptions = {}): Promise<Replay[]> {
    const replays = new Map<string, Replay>()
    await this.#each(selection, async (found, reader) => {
      const copies = Map.groupBy(found, ({ letter }) => keyOfLetter(letter))
      await Promise.all(
        [...copies].map(async ([key, [first, ...others]]) => {
          const { letter, state, message } = first as Stated
          const known = replays.get(key)
          const replay = isDone(known) ? known : await this.#replayer.replay(letter, state, options)
          replays.set(key, replay)
          if (isDone(replay))
            for (const copy of [message, ...others.map(other => other.message)]) reader.remove(copy)
        }),
      )
      // What keeps one from being replayed will most likely keep the rest.
      return ![...copies.keys()].some(key => replays.get(key)?.outcome === 'failed')
    })
    return [...replays.values()]
  }

  /** Removes letters for good. Their jobs stay what they are in Redis.
   *  @returns how many letters that were, copies counted once; with `all`, how many messages. */
  async purge(selection: LetterSelection): Promise<number> {
    if (selection === 'all') return this.#read(reader => reader.purge())
    const purged = new Set<string>()
    await this.#each(selection, async (found, reader) => {
      for (const { message, letter } of found) {
        reader.remove(message)
        purged.add(keyOfLetter(letter))
      }
      return true
    })
    return purged.size
  }

  #read<T>(read: (reader: LetterReader) => Promise<T>): Promise<T> {
    const { broker, topology } = this.#options
    return broker.declare(topology).then(() => readDeadLetterQueue(broker, topology.deadLetterQueue, read))
  }

  /** Goes through the queue and hands over what is selected, some at a time, until told to stop. */
  #each(
    selection: LetterSelection,
    use: (found: Stated[], reader: LetterReader) => Promise<boolean>,
  ): Promise<void> {
    return this.#read(async reader => {
      for await (const window of reader.windows()) {
        const selected = (await this.#state(window.map(open))).filter(found => isSelected(found, selection))
        for (let from = 0; from < selected.length; from += AT_ONCE)
          if (!(await use(selected.slice(from, from + AT_ONCE), reader))) return
      }
    })
  }

  async #show(letters: CountedLetter[]): Promise<DeadLetter[]> {
    const stated = await this.#state(letters)
    return stated.map(({ letter, state, copies }) => {
      if (letter.kind === 'malformed') return { ...letter, copies }
      const { source: _source, ...job } = letter
      return { ...job, ...(state as LetterState), copies }
    })
  }

  async #state<T extends Pick<Opened, 'letter'>>(opened: T[]): Promise<(T & StatedLetter)[]> {
    const { keys, redis } = this.#options
    const jobs = opened.flatMap(({ letter }) => (letter.kind === 'job' ? [letter] : []))
    const states = await readLetterStates(jobs, keys, await redis())
    return opened.map(found => ({
      ...found,
      state: found.letter.kind === 'job' ? states.shift() : undefined,
    }))
  }
}

/** Letters replayed at a time. */
const AT_ONCE = 50

interface Opened {
  message: ConsumeMessage
  letter: WrittenLetter | MalformedMessage
}

type Stated = Opened & StatedLetter

function open(message: ConsumeMessage): Opened {
  return { message, letter: decodeDeadLetter(message) }
}

function isDone(replay: Replay | undefined): replay is Replay {
  return replay?.outcome === 'retried' || replay?.outcome === 'rebuilt'
}
