import './personal-data/activities.js';
import './personal-data/export.js';
import './personal-data/account-deletion.js';
import './personal-data/erasure.js';
import './personal-data/postponed.js';
