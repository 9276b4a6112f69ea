export { createTestPlace, type TestPlace } from './test-place.ts'
