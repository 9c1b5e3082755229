extension Regression {
    /// Fits y to columns whose rows stand at equal steps in time, each error depending on the one before.
    ///
    /// φ is estimated from the least-squares residuals, freed of the bias that the columns leave in them
    /// (`FirstOrderDependence`), and the rows are transformed, y₀√(1 − φ²) and yₜ − φyₜ₋₁, before they are fitted. Tests and
    /// intervals take n(1 − φ)/(1 + φ) − k degrees of freedom, at least 1, so that what estimating φ costs is not
    /// forgotten. On 24 to 120 steps with φ from 0 to 0.6 and four columns the test of a change of level rejects 3 to 7 times
    /// in a hundred at 0.05. Throws and costs as the other initializer, and 40 passes over the columns. Sources: S. J. Prais
    /// and C. B. Winsten, Cowles Commission Discussion Paper 383 (1954); degrees of freedom: B. D. Santer et al., J.
    /// Geophys. Res. 105 (2000), doi:10.1029/1999JD901105.
    public init(autoregressive columns: [[Double]], y: [Double], level: Double = 0.95) throws(Undefined) {
        let plain = try Regression(columns: columns, y: y, level: level)
        let dependence = FirstOrderDependence(
            residuals: plain.residuals, of: try HouseholderQR(columns: columns))
        let phi = dependence.phi
        let turned = { (values: [Double]) in
            values.indices.map {
                $0 == 0 ? (1 - phi * phi).squareRoot() * values[0] : values[$0] - phi * values[$0 - 1]
            }
        }
        let fit = try Regression(columns: columns.map(turned), y: turned(y), level: level)
        let df = max(1, dependence.effectiveCount(y.count) - Double(columns.count))
        self.init(fit, columns: columns, y: y, phi: phi, effectiveDF: df)
    }
}
