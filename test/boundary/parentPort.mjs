// Loaded first in what the stand-in's utilityProcess starts: gives it the port that Electron would.
process.parentPort = {
  on: (event, listener) => process.on(event, (data) => listener({ data })),
  postMessage: (message) => process.send(message),
};
process.on('disconnect', () => process.exit(0));
