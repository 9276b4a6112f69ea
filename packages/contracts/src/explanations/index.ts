// Without zod, so that it is small in a browser.
export { type ExplanationCode, explanationParams, type ParamsOf } from './codes.ts'
export { type Explained, type Explanation, explained, textOf } from './explain.ts'
