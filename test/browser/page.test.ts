import { wholeFile } from '../../packages/local-servers/src/testing/index.ts'
import { accounts } from './journeys/accounts.ts'
import { budgets } from './journeys/budgets.ts'
import { converting } from './journeys/converting.ts'
import { everyView } from './journeys/every-view.ts'
import { keyboard } from './journeys/keyboard.ts'
import { manyFiles } from './journeys/many-files.ts'
import { otherWays } from './journeys/other-ways.ts'
import { resuming } from './journeys/resuming.ts'
import { slowLine } from './journeys/slow-line.ts'
import { furnishedOperator } from './support/furnished-operator.ts'
import { startWorld } from './support/world.ts'

// One file, so that all journeys share one system and one browser: their start takes longer than most journeys.
const world = await startWorld(wholeFile)
// Conversions take their time: they run beside the first journeys.
const operator = furnishedOperator(world)
operator.catch(() => {}) // told by the journeys that wait for it

budgets(world)
converting(world)
manyFiles(world)
otherWays(world)
accounts(world)
keyboard(world)
slowLine(world)
resuming(world)
everyView(world, operator)
