import './faults/slow-store.js';
import './faults/store-unavailable.js';
