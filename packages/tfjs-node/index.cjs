if (!globalThis[Symbol.for('learnable.engine')] && process.features.require_module) {
  try {
    require('../../dist/engine/index.js');
  } catch (error) {
    // Not built yet: tfjs works without, only slowly.
    if (error.code !== 'MODULE_NOT_FOUND' && error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  }
}

module.exports = require('@tensorflow/tfjs');
