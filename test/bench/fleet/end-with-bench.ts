/** Loaded into each child: it ends with the bench, also where that is killed. */
process.once('disconnect', () => process.exit());
