/** What the system notices of its own trouble. Pure. */
package org.minusone.alerting.self;
