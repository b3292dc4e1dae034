import './admin/admin.js';
import './admin/directory.js';
import './admin/policy.js';
import './admin/audit.js';
import './admin/metrics.js';
