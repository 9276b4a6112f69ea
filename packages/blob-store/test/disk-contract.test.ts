import { describeBlobStore } from './contract.ts'
import { setupDisk } from './disk-setup.ts'

describeBlobStore('A folder', setupDisk)
