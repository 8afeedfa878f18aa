// adaptivecards-templating's types import TypeScript sources of the adaptivecards package, which do not
// compile under strict settings; tsconfig.json points that import here. Nothing of it is used.
export {};
