/** What the build of the page provides. */
declare module 'virtual:tfjs-wasm' {
  /** By name, the addresses of the builds of tfjs's WebAssembly. */
  const files: Readonly<Record<string, string>>;
  export default files;
}
