// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanRegistration;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.modelmbean.ModelMBean;
import javax.management.modelmbean.RequiredModelMBean;
import org.apache.camel.CamelContext;
import org.apache.camel.support.management.DefaultManagementMBeanAssembler;
import org.jspecify.annotations.Nullable;

/**
 * Every route can be found over JMX as soon as it is there; the hundred attributes and operations of each are described when
 * somebody asks for them first, who is a human with a console. To describe them all took a good part of each start.
 */
final class MBeansWhenAsked extends DefaultManagementMBeanAssembler {

    private static final String CAMELS_OWN = "org.apache.camel.management.mbean.";
    private static final Class<?>[] SEEN_AS = {ModelMBean.class, MBeanRegistration.class};

    MBeansWhenAsked(CamelContext camel) {
        super(camel);
    }

    @Override
    public @Nullable ModelMBean assemble(MBeanServer server, Object object, ObjectName name) throws JMException {
        if (!object.getClass().getName().startsWith(CAMELS_OWN)) {
            return super.assemble(server, object, name); // none, where the object is an MBean itself
        }
        return (ModelMBean) Proxy.newProxyInstance(
                getClass().getClassLoader(), SEEN_AS, new Undescribed(() -> super.assemble(server, object, name)));
    }

    private interface Assembly {
        ModelMBean made() throws JMException;
    }

    private static final class Undescribed implements InvocationHandler {

        /** All that a server wants to know when it takes an MBean in. */
        private static final MBeanInfo NAME_ONLY = new MBeanInfo(RequiredModelMBean.class.getName(), "", null, null, null, null);

        private final Assembly assembly;
        private volatile boolean registered;
        private @Nullable ModelMBean described;

        Undescribed(Assembly assembly) {
            this.assembly = assembly;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getDeclaringClass() == Object.class) {
                return arguments != null ? proxy == arguments[0] : method.invoke(this); // the only one with an argument is equals
            }
            if (method.getDeclaringClass() == MBeanRegistration.class) {
                registered |= method.getName().equals("postRegister");
                return method.getName().equals("preRegister") && arguments != null ? arguments[1] : null;
            }
            if (!registered && method.getName().equals("getMBeanInfo")) {
                return NAME_ONLY;
            }
            try {
                return method.invoke(described(), arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private synchronized ModelMBean described() throws JMException {
            if (described == null) {
                described = assembly.made();
            }
            return described;
        }
    }
}
